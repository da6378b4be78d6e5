"""What the icon sets don't say about technologies: kinds, providers, names, aliases, and those that have no icon."""

from __future__ import annotations

# Type -> the keys (letters and digits of a slug or name) of the technologies that are known well enough to say it.
TYPES: dict[str, str] = {
    "language": """
        apl assembly awk ballerina bash c ceylon clojure clojurescript cljs cobol coffeescript commonlisp cplusplus
        crystal csharp css css3 d dart delphi elixir elm erlang fortran fsharp gleam go graphql groovy hack haskell haxe
        html html5 imba java javascript json jsonld jsonschema julia kotlin latex lua luau markdown matlab mdx mermaid
        nim objectivec ocaml odin opencl perl php plantuml postcss powershell prolog purescript python qsharp r racket
        raku reasonml rescript rexx ruby rust sass scala less solidity sql stylus svg swift tex toml typescript vala
        visualbasic vlang v vyper wolframlanguage xml yaml zig zsh apex abap plsql tsql rlang rego protobuf
        mint nushell rockstar pug haml handlebars
        """,
    "data-storage": """
        aerospike alloydb amazons3 arangodb awsaurora awsbackup awsdocumentdb awsdynamodb awselasticache awskeyspaces
        awsneptune awsopensearch awsrds awsredshift awss3 awsglacier awstimestream awsathena awsefs awslakeformation
        azureblobstorage azurecosmosdb azuresqldatabase azuretablestorage azuresynapse azurecacheforredis azurefiles
        azuredatalake backblaze bigquery cassandra ceph chroma chromadb clickhouse cloudant cockroachdb cockroachlabs
        cosmosdb couchbase couchdb cratedb crateio databricks datomic db2 derby dgraph dolt doris druid duckdb dynamodb
        edgedb elasticsearch etcd eventstore falkordb fauna faunadb ferretdb firebird firestore foundationdb
        googlebigquery googlebigtable googlecloudspanner googlecloudstorage googlecloudsql greptimedb h2database hbase
        hive impala ignite apacheignite influxdb influxdata iceberg keydb lancedb leveldb mariadb meilisearch memcached
        memgraph memsql microsoftsqlserver milvus mindsdb minio mongodb mysql neo4j neon nuodb opensearch oracle
        oracledatabase parquet pinecone planetscale postgresql pouchdb presto qdrant questdb ravendb realm redis
        rethinkdb riak rocksdb rxdb scylladb singlestore snowflake sqlite sqlserver surrealdb tarantool teradata tidb
        tigerbeetle timescale turso typesense valkey vespa vitess voldemort weaviate xata yugabyte yugabytedb zilliz
        trino solr lucene interbase db pocketbase oceanbase prometheus victoriametrics thanos rustfs wasabi
        openzfs hdfs deltalake vertica greenplum saphana access filemaker nocodb baserow airtable polars elasticcloud
        mongolab awsdatasync firebaserealtimedatabase nhost pinot kylin accumulo geode hazelcast ehcache varnishcache
        """,
    "message-broker": """
        activemq apachekafka kafka awseventbridge awskinesis awsmq awsmsk awssns awssqs azureeventgrid azureeventhubs
        azureservicebus azurequeuestorage celery confluent emqx eclipsemosquitto googlepubsub hivemq ibmmq kestra mqtt
        nats natsdotio nsq pubsub pulsar rabbitmq redpanda rocketmq rsmq sidekiq solace vernemq zeromq bullmq warpstream
        pusher ably mosquitto redisstreams googlecloudtasks
        """,
    "gateway": """
        apigee awsapigateway awsappsync awselb awscloudfront apisix azureapimanagement azurefrontdoor
        azureapplicationgateway apollographql apollo caddy cloudflare envoy envoyproxy fastly googlecloudapigateway
        googlecloudloadbalancing haproxy istio kong krakend kuma linkerd nginx nginxproxymanager ngrok pangolin tyk
        traefik traefikmesh traefikproxy wso2 zuul akamai bunnynet varnish keycdn springcloudgateway
        openresty lighttpd awsglobalaccelerator gravitee nginxingress cloudflaretunnel squid
        """,
    "network": """
        awsappmesh awsdirectconnect awsroute53 awsvpc awstransitgateway azurednS azurevirtualnetwork azuredns
        azureloadbalancer azureexpressroute azuretrafficmanager cilium cisco clouddns fortinet f5 googleclouddns
        googlecloudvpc junipernetworks mikrotik netgear openvpn openwrt opnsense paloaltonetworks pfsense
        tailscale tor ubiquiti wireguard zerotier vpn nextdns pihole sonicwall netbird calico flannel
        consul wifi bluetooth zigbee zwave lorawan strongswan bind coredns powerdns vpc
        """,
    "protocol": """
        activitypub amqp asyncapi dns ftp graphqlprotocol grpc http http2 http3 https ibeacon imap ldap
        modelcontextprotocol mcp nfc oauth oauth2 odata openapi openapiinitiative openid openidconnect opcua modbus
        pop3 rest rsocket rss saml scim sftp smb smtp snmp soap socks ssh ssl tcp tls trpc udp webauthn webhooks
        webrtc websocket xmpp jsonrpc json-rpc jwt jsonwebtokens webdav coap quic bgp hl7 fhir edi as2 iso8583 rtmp
        rtsp sip mllp matrix nfs iscsi ntp kerberos avro thrift cloudevents opentelemetryprotocol sparkplug serversentevents
        """,
    "runtime": """
        awslambda awsfargate azurefunctions azurecontainerinstances bun cloudflareworkers cloudrun deno denojs dotnet
        dotnetcore net electron electronjs googlecloudfunctions googlecloudrun hhvm hermes java-se jruby jvm nodejs
        nodewebkit openjdk graalvm eclipseadoptium pypy v8 wasm wasmer wasmtime wasmcloud webassembly node cloudfunctions
        gunicorn uvicorn uwsgi puma tomcat wildfly jetty eclipsejetty apachetomcat undertow passenger glassfish weblogic
        websphere iis apachehttp apache httpserver knative openfaas android androidauto ios ipados macos windows linux
        microsoftwindows windows11 windows8 ubuntu debian fedora centos redhat rhel archlinux alpinelinux almalinux
        rockylinux opensuse suse freebsd openbsd netbsd gentoo nixos linuxmint linuxtux kalilinux raspberrypi coreos
        manjaro fuchsia unix msdos freertos zephyr qnx harmonyos wearos tvos vxworks esp32 arduino jboss
        """,
    "deployment": """
        ansible argo argocd awscloudformation awscodebuild awscodedeploy awscodepipeline awsec2 awsecr awsecs awseks
        awselasticbeanstalk awslightsail awsamplify awsapprunner awsbatch awscdk awsopsworks awssystemsmanager
        azureaks azurecontainerapps azurecontainerregistry azuredevops azurepipelines azureappservice azurevirtualmachines
        azurebatch bamboo bitrise buildkite capistrano cfengine chef circleci cirrusci cloudfoundry clevercloud codefresh
        codeship concourse containerd coolify crossplane crio docker dockerswarm dokku dokploy drone fluxcd flux
        fly flyio gardener githubactions gitlabci gocd googlecomputeengine googlekubernetesengine googleappengine
        googlecloudbuild googleartifactregistry harbor harness harvester helm heroku hyperv jenkins jenkinsx k0s k3s k3os
        kaniko kubernetes kubespray kustomize kustomizer linode lxc mesos minikube netlify nomad nutanix octopusdeploy
        openshift openstack opentofu packer platformsh podman portainer proxmox pulumi puppet qemu railway rancher
        redhatopenshift render saltstack scalingo scaleway semaphore semaphoreci skaffold spinnaker swarm talos teamcity
        tekton terraform terragrunt travis travisci vagrant vercel virtualbox vmware vsphere vultr digitalocean hetzner
        ovh xen zeit rkt kops kubevirt koyeb northflank convox dcos azurepipelinesagent backstage waypoint fastlane
        appveyor codemagic firebasehosting githubpages cloudflarepages gitpod kubeflow longhorn rook velero
        awsoutposts azurearc awscontroltower juju multipass lxd linuxcontainers
        """,
    "framework-library": """
        actix adonisjs akka alpinejs amplication analog android-jetpack angular angularjs angularmaterial antdesign
        apachespark spark apachebeam apacheflink flink apachecamel camel astro aspnet aspnetcore aurelia avalonia axios
        babel backbone backbonejs blazor blitzjs blazepress bootstrap bulma cakephp camunda capacitor capacitorjs chai
        chakraui chartjs codeigniter compose cordova cucumber cypress d3 d3js daisyui dask datatables django
        djangorest drizzle drizzleorm dropwizard drupal ecto effect eleventy emberjs ember entityframework
        entityframeworkcore esbuild eslint ethers expo express expressjs falcon fastapi fastify feathersjs fiber filament
        flask flutter foundation framermotion framework7 gatsby gin gradio grails greensock grunt gulp hadoop hapi
        headlessui hibernate highcharts hono htmx hugo i18next immer immutable inertia inertiajs ionic jasmine jax jest
        jekyll jetpackcompose jquery junit junit5 karma keras knex knexjs koa konva ktor laminas langchain langgraph laravel
        leaflet less lexical lit livewire llamaindex lodash loopback lumen mantine maplibre materialui mapbox meteor
        micronaut mithril mobx mocha modernizr moleculer momentjs mongoose mui mybatis nativescript nestjs nextjs
        nhibernate nightwatch ngrx nuxt nuxtjs numpy nvidiacuda opencv openlayers openzeppelin p5js pandas passport
        payload payloadcms phaser phalcon phoenix phoenixframework pinia pixijs play playwright plotly polymer preact
        prisma prettier primefaces primeng primereact primevue protractor puppeteer pydantic pyspark pytest pytorch qt
        quarkus quasar qwik rails rubyonrails react reactbootstrap reacthookform reactnative reactnavigation
        reactquery reactrouter reactivex redux reduxsaga redwoodjs reflex relay remix rollup rspec rxjs rspack sails
        scikitlearn scipy scrapy seaborn selenium sequelize serverless shadcnui sinatra slim socketio solid solidjs
        spring springboot springsecurity springcloud springbatch sqlalchemy stencil stenciljs stimulus storybook
        streamlit struts styledcomponents svelte sveltekit swiftui swr symfony tailwindcss tanstack tauri tensorflow
        testinglibrary threejs thymeleaf tornado trino trpc turbo typeorm typer unity unrealengine unocss
        vaadin vertx eclipsevertdotx vite vitepress vitest vue vuejs vuetify vuetifyjs vueuse wagtail webpack wicket
        winui wpf xamarin yew yii zend zod zustand turbopack swc uikit semanticui mediapipe onnx huggingface rasa
        dotnetmaui maui netty rxjava masstransit mediatr dapper grape celerybeat jinja twig bevyengine godot
        libgdx monogame babylonjs aframe cesium deckgl tauriapps nunjucks fastlanetools sfml sdl gstreamer ffmpeg
        """,
    "service-tool": """
        1password adyen airbyte airflow algolia amazonwebservices aws amplitude anthropic apacheairflow appdynamics
        apify asana atlassian auth0 authentik authelia awscertificatemanager awscloudtrail awscloudwatch awscodecommit
        awscognito awsconfig awsglue awsiam awskms awsquicksight awssecretsmanager awsses awsshield awsstepfunctions
        awswaf awsxray awsbedrock awssagemaker awsemr amazonconnect amazonchime azure azureactivedirectory
        microsoftentraid azurekeyvault azuremonitor azureapplicationinsights azuredatafactory azuremachinelearning
        azurelogicapps azureopenai azurepolicy azuresentinel bamboohr bitbucket bitwarden box braintree braze bugsnag
        calendly chargebee chatgpt claude clerk cloudinary codecov cohere collibra confluence contentful customerio
        datadog dbt deepseek discord docusign dropbox dynatrace elastic elasticstack elevenlabs figma firebase fivetran
        flyway fluentd fluentbit fusionauth ghost git gitea github githubcopilot gitkraken gitlab gmail google
        googleanalytics googlecloud googlecloudplatform googlegemini googlemaps googlepay googledrive googledataflow
        googledataproc googlevertexai googlecloudcomposer googlelooker googlesheets grafana grafanaloki graylog groq
        hashicorp hasura honeybadger hotjar hubspot icinga insomnia intercom jaeger jaegertracing jfrog jira jirasoftware
        jupyter keycloak kibana klarna knime langfuse langsmith launchdarkly linear liquibase logstash loki looker
        mailchimp mailgun mailjet matomo mattermost maven metabase meta microsoft microsoftoffice
        microsoftpowerbi microsoftteams microsoftdynamics miro mistralai mixpanel mlflow monday n8n nagios newrelic nexus
        nodered notion npm nuget okta ollama openai openrouter opentelemetry opsgenie ory pagerduty paypal perplexity
        pipedrive posthog postman powerbi powerapps powerautomate pypi quickbooks rapid redash retool rollbar rudderstack
        salesforce sap sanity segment sendgrid sentry servicenow sharepoint shopify slack snyk sonar sonarqube sourcetree
        splunk spotify square stackoverflow statuspage strapi stripe sumologic supabase superset supertokens
        swagger tableau teams telegram temporal terraformcloud trello twilio typeform uptimekuma vault vaultwarden
        vonage webflow weightsandbiases whatsapp wiz wix woocommerce wordpress workday workos xero youtube youtrack zabbix
        zapier zendesk zipkin zoho zoom nextcloud odoo magento prestashop shopware bigcommerce adobe sitecore umbraco
        contentstack storyblok prismic directus joomla typo3 moodle microsoftazure azureicon awsappflow awsworkspaces
        opsworks netsuite sapcommerce mulesoft talend informatica boomi camundaplatform appian outsystems mendix pega
        thoughtspot alteryx nifi apachenifi dagster prefect kestraio dataiku mlrun qlik sisense
        """,
}

# Provider -> keys; `aws`, `azure`, `google` and `apache` at a key's start say it too.
PROVIDERS: dict[str, str] = {
    "aws": "amazonwebservices dynamodb amazonconnect amazonchime amazons3",
    "azure": "cosmosdb",
    "gcp": "bigquery cloudrun cloudfunctions firestore googlecloud googlecloudplatform firebase apigee looker dialogflow",
    "microsoft": """
        microsoft microsoftsqlserver microsoftteams microsoftedge microsoftonedrive microsoftpowerbi microsoftwindows
        microsoftentraid microsoftdynamics microsoftoffice powerbi powerapps powerautomate sharepoint hyperv msbuild
        dotnet dotnetcore net csharp fsharp visualbasic visualstudio visualstudiocode vscode typescript powershell
        windows11 windows8 blazor aspnet aspnetcore entityframework entityframeworkcore nuget xamarin skype yammer iis
        dotnetmaui winui wpf tsql qsharp access msdos teams
        """,
    "salesforce": "salesforce heroku herokuredis mulesoft tableau apex slack",
    "atlassian": "atlassian bamboo bitbucket confluence jira jirasoftware jiraalign opsgenie sourcetree statuspage trello",
    "apache": """
        cassandra kafka spark hadoop hbase couchdb tomcat maven groovy airflow flink superset solr lucene camel nifi pulsar
        activemq zookeeper hive impala ignite druid doris pinot kylin accumulo geode parquet iceberg avro thrift struts
        wicket cordova cloudstack derby mesos subversion beam rocketmq apisix netbeans
        """,
    "supabase": "supabase",
}
GCP = """
    googlebigquery googlebigtable googlecloudspanner googlecloudstorage googlepubsub googlecloudcomposer googledataflow
    googledataproc googlecloudfunctions googlecloudrun googlecontaineroptimizedos googlecloudsql googlecomputeengine
    googlekubernetesengine googleappengine googlecloudbuild googleartifactregistry googlevertexai googleclouddns
    googlecloudvpc googlecloudloadbalancing googlecloudapigateway googlecloudtasks googlelooker googlecloudarmor
    googlesecretmanager googlecloudlogging googlecloudmonitoring googlecloudiam googlememorystore googlefirestore
"""

# Key -> the key it is another name of.
ALIASES: dict[str, str] = {
    "amazonwebservices": "aws", "angularicon": "angular", "apachehttp": "apachehttpserver", "apache": "apachehttpserver",
    "apachekafka": "kafka", "apacheairflow": "airflow", "apachecassandra": "cassandra", "apachehadoop": "hadoop",
    "apachehbase": "hbase", "apachecouchdb": "couchdb", "apachetomcat": "tomcat", "apachemaven": "maven",
    "apachegroovy": "groovy", "apachesolr": "solr", "apachelucene": "lucene", "apachecordova": "cordova",
    "apachepulsar": "pulsar", "apachenetbeanside": "netbeans", "apachehive": "hive", "apacheignite": "ignite",
    "apachedruid": "druid", "apachemesos": "mesos", "microsoftazure": "azure", "microsoftsqlserver": "sqlserver",
    "backbonejs": "backbone", "bashicon": "bash", "gnubash": "bash", "cpp": "cplusplus", "css3": "css", "d3js": "d3",
    "denojs": "deno", "dotnetcore": "dotnet", "net": "dotnet", "electronjs": "electron", "emberjs": "ember",
    "envoyproxy": "envoy", "eclipsevertx": "vertx", "eclipsemosquitto": "mosquitto", "flyio": "fly",
    "golang": "go", "gopher": "go", "googlecloudplatform": "googlecloud", "html5": "html", "influxdata": "influxdb",
    "jirasoftware": "jira", "json5": "json", "jsonwebtokens": "jwt", "k8s": "kubernetes", "knexjs": "knex",
    "linuxtux": "linux", "materialui": "mui", "microsoftwindows": "windows", "natsio": "nats", "nextdotjs": "nextjs",
    "nodedotjs": "nodejs", "nuxtjs": "nuxt", "opencontainersinitiative": "oci", "phoenixframework": "phoenix",
    "postgres": "postgresql", "pytorchicon": "pytorch", "rails": "rubyonrails", "reasonml": "reason", "rlang": "r",
    "rollupjs": "rollup", "sonarqubeserver": "sonarqube", "svelteicon": "svelte", "traefikproxy": "traefik",
    "travis": "travisci", "vscode": "visualstudiocode", "vitejs": "vite", "vuejs": "vue", "vuetifyjs": "vuetify",
    "vlang": "v", "webassembly": "webassembly", "wasm": "webassembly", "yugabytedb": "yugabyte", "zeit": "vercel",
    "now": "vercel", "openapiinitiative": "openapi", "argocd": "argo", "apollostack": "apollographql",
    "cockroachlabs": "cockroachdb", "dynamodb": "awsdynamodb", "amazons3": "awss3", "azuresql": "azuresqldatabase",
    "cosmosdb": "azurecosmosdb", "googlecloudfunctions": "googlecloudfunctions", "cloudrun": "googlecloudrun",
    "awselasticcache": "awselasticache", "eclipsejetty": "jetty", "expressjs": "express", "faunadb": "fauna",
    "memsql": "singlestore", "zend": "laminas", "zendframework": "laminas", "redhatopenshift": "openshift",
    "jaegertracing": "jaeger", "cljs": "clojurescript", "moonshotai": "moonshotai", "xai": "xai", "polymerproject": "polymer",
    "pubsub": "googlepubsub", "bigquery": "googlebigquery", "ubuntuicon": "ubuntu", "crateio": "cratedb", "net6": "dotnet",
    "travisciicon": "travisci", "unity3d": "unity", "webdriverio": "webdriverio", "fonticons": "fontawesome",
    "awsopensearch": "awsopensearch", "threedotjs": "threejs", "mistralai": "mistralai", "solidjs": "solid",
    "playframework": "play", "sparkjava": "sparkjava", "apachespark": "spark", "apacheflink": "flink",
    "apachesuperset": "superset", "apachecamel": "camel", "apachecloudstack": "cloudstack", "cypressio": "cypress",
    "dotnet": "dotnet", "hcl": "hcl", "djangorest": "djangorestframework", "atomicon": "atom", "googleicon": "google",
    "gnuemacs": "emacs", "gnuprivacyguard": "gnupg", "jetbrainsspace": "jetbrainsspace", "intellij": "intellijidea",
    "css3official": "css", "couchdbicon": "couchdb", "rocketchat": "rocketchat", "letsencrypt": "letsencrypt",
    "suseicon": "suse", "bluemix": "ibmcloud", "rstudioide": "rstudio", "premierepro": "adobepremiere",
    "photoshop": "adobephotoshop", "illustrator": "adobeillustrator", "aftereffects": "adobeaftereffects", "xd": "adobexd",
    "dreamweaver": "adobedreamweaver", "uml": "unifiedmodelinglanguage", "googledatastudio": "looker", "py": "python",
}  # fmt: skip

# Key -> name, where the sets only have a slug, or one that few would search for.
NAMES: dict[str, str] = {
    "aws": "Amazon Web Services", "azure": "Microsoft Azure", "googlecloud": "Google Cloud", "sqlserver": "Microsoft SQL Server",
    "csharp": "C#", "cplusplus": "C++", "fsharp": "F#", "c": "C", "r": "R", "java": "Java", "kafka": "Apache Kafka",
    "airflow": "Apache Airflow", "cassandra": "Apache Cassandra", "hadoop": "Apache Hadoop", "hbase": "Apache HBase",
    "couchdb": "Apache CouchDB", "tomcat": "Apache Tomcat", "maven": "Apache Maven", "groovy": "Apache Groovy",
    "solr": "Apache Solr", "spark": "Apache Spark", "flink": "Apache Flink", "camel": "Apache Camel",
    "superset": "Apache Superset", "ignite": "Apache Ignite", "apachehttpserver": "Apache HTTP Server", "html": "HTML5",
    "css": "CSS", "oracle": "Oracle", "openai": "OpenAI", "mui": "MUI", "fly": "Fly.io", "vue": "Vue.js", "d3": "D3.js",
    "dotnet": ".NET", "jwt": "JSON Web Tokens", "openapi": "OpenAPI", "grpc": "gRPC", "graphql": "GraphQL",
    "visualstudiocode": "Visual Studio Code", "visualstudio": "Visual Studio", "windows": "Windows", "linux": "Linux",
    "googlepubsub": "Google Cloud Pub/Sub", "googlebigquery": "Google BigQuery", "googlebigtable": "Google Bigtable",
    "googlecloudspanner": "Google Cloud Spanner", "googlecloudstorage": "Google Cloud Storage", "googlecloudrun": "Google Cloud Run",
    "googlecloudfunctions": "Google Cloud Functions", "awss3": "Amazon S3", "awsdynamodb": "Amazon DynamoDB",
    "awsaurora": "Amazon Aurora", "awsrds": "Amazon RDS", "awsec2": "Amazon EC2", "awsecs": "Amazon ECS", "awseks": "Amazon EKS",
    "awssqs": "Amazon SQS", "awssns": "Amazon SNS", "awsses": "Amazon SES", "awslambda": "AWS Lambda",
    "awsapigateway": "Amazon API Gateway", "awscloudfront": "Amazon CloudFront", "awscloudwatch": "Amazon CloudWatch",
    "awscognito": "Amazon Cognito", "awsdocumentdb": "Amazon DocumentDB", "awselasticache": "Amazon ElastiCache",
    "awseventbridge": "Amazon EventBridge", "awskinesis": "Amazon Kinesis", "awsmq": "Amazon MQ", "awsmsk": "Amazon MSK",
    "awsneptune": "Amazon Neptune", "awsopensearch": "Amazon OpenSearch Service", "awsredshift": "Amazon Redshift",
    "awsroute53": "Amazon Route 53", "awsvpc": "Amazon VPC", "awsathena": "Amazon Athena", "awskeyspaces": "Amazon Keyspaces",
    "awsquicksight": "Amazon QuickSight", "awstimestream": "Amazon Timestream", "awslightsail": "Amazon Lightsail",
    "awsappmesh": "AWS App Mesh", "awsappflow": "Amazon AppFlow", "awsappsync": "AWS AppSync", "awselb": "Elastic Load Balancing",
    "awsglacier": "Amazon S3 Glacier", "awsiam": "AWS IAM", "awskms": "AWS KMS", "awswaf": "AWS WAF", "awsxray": "AWS X-Ray",
    "awscloudformation": "AWS CloudFormation", "awscloudtrail": "AWS CloudTrail", "awscodebuild": "AWS CodeBuild",
    "awscodecommit": "AWS CodeCommit", "awscodedeploy": "AWS CodeDeploy", "awscodepipeline": "AWS CodePipeline",
    "awscloudsearch": "Amazon CloudSearch", "azuredevops": "Azure DevOps", "azuresqldatabase": "Azure SQL Database",
    "azurecosmosdb": "Azure Cosmos DB", "azuredatafactory": "Azure Data Factory", "rubyonrails": "Ruby on Rails",
    "unifiedmodelinglanguage": "UML", "djangorestframework": "Django REST framework", "npm": "npm", "nginx": "NGINX",
    "sap": "SAP", "ibm": "IBM", "ibmcloud": "IBM Cloud", "vmware": "VMware", "ssh": "SSH", "trpc": "tRPC", "jquery": "jQuery",
    "websocket": "WebSocket", "webhooks": "Webhooks", "rest": "REST", "svg": "SVG", "xml": "XML", "yaml": "YAML", "go": "Go",
    "tensorflow": "TensorFlow", "pytorch": "PyTorch", "rabbitmq": "RabbitMQ", "nats": "NATS.io", "etcd": "etcd", "ios": "iOS",
    "haproxy": "HAProxy", "matlab": "MATLAB", "cobol": "COBOL", "awk": "AWK", "apl": "APL", "gcc": "GCC", "llvm": "LLVM",
    "ravendb": "RavenDB", "dgraph": "Dgraph", "rethinkdb": "RethinkDB", "rest-li": "Rest.li", "wasm": "WebAssembly",
    "paypal": "PayPal", "rsa": "RSA", "microsoftentraid": "Microsoft Entra ID", "nuodb": "NuoDB", "vernemq": "VerneMQ",
    "sveltekit": "SvelteKit", "reactnative": "React Native", "oauth": "OAuth 2.0", "tarantool": "Tarantool", "vim": "Vim",
    "falkordb": "FalkorDB", "risingwave": "RisingWave", "phpstorm": "PhpStorm", "rxjs": "RxJS", "ngrx": "NgRx",
    "materializecss": "Materialize", "pyscript": "PyScript", "networkx": "NetworkX", "nhibernate": "NHibernate",
    "mongock": "Mongock", "msbuild": "MSBuild", "frankenphp": "FrankenPHP", "angularjs": "AngularJS",
}  # fmt: skip

# Key -> how a narrow card calls it.
SHORT: dict[str, str] = {
    "aws": "AWS", "azure": "Azure", "googlecloud": "GCP", "postgresql": "Postgres", "kubernetes": "K8s", "sqlserver": "SQL Server",
    "kafka": "Kafka", "airflow": "Airflow", "cassandra": "Cassandra", "hadoop": "Hadoop", "hbase": "HBase", "couchdb": "CouchDB",
    "tomcat": "Tomcat", "maven": "Maven", "groovy": "Groovy", "solr": "Solr", "spark": "Spark", "flink": "Flink",
    "camel": "Camel", "superset": "Superset", "apachehttpserver": "Apache", "rubyonrails": "Rails", "jwt": "JWT",
    "visualstudiocode": "VS Code", "googlepubsub": "Pub/Sub", "googlebigquery": "BigQuery", "googlebigtable": "Bigtable",
    "googlecloudspanner": "Spanner", "googlecloudstorage": "Cloud Storage", "googlecloudrun": "Cloud Run",
    "googlecloudfunctions": "Cloud Functions", "awss3": "S3", "awsdynamodb": "DynamoDB", "awsaurora": "Aurora", "awsrds": "RDS",
    "awsec2": "EC2", "awsecs": "ECS", "awseks": "EKS", "awssqs": "SQS", "awssns": "SNS", "awsses": "SES", "awslambda": "Lambda",
    "awsapigateway": "API Gateway", "awscloudfront": "CloudFront", "awscloudwatch": "CloudWatch", "awscognito": "Cognito",
    "awseventbridge": "EventBridge", "awskinesis": "Kinesis", "awselasticache": "ElastiCache", "awsredshift": "Redshift",
    "awsroute53": "Route 53", "azurecosmosdb": "Cosmos DB", "azuresqldatabase": "Azure SQL", "awselb": "ELB",
    "googlekubernetesengine": "GKE", "azureaks": "AKS", "microsoftentraid": "Entra ID", "djangorestframework": "DRF",
}  # fmt: skip

# Name | type | provider | website: technologies that none of the sets has.
MORE = """
AMQP | protocol | | https://www.amqp.org/
Apache ActiveMQ | message-broker | apache | https://activemq.apache.org/
Apache APISIX | gateway | apache | https://apisix.apache.org/
Apache Avro | protocol | apache | https://avro.apache.org/
Apache Beam | framework-library | apache | https://beam.apache.org/
Apache Druid | data-storage | apache | https://druid.apache.org/
Apache Hive | data-storage | apache | https://hive.apache.org/
Apache Iceberg | data-storage | apache | https://iceberg.apache.org/
Apache NiFi | service-tool | apache | https://nifi.apache.org/
Apache Parquet | data-storage | apache | https://parquet.apache.org/
Apache Pinot | data-storage | apache | https://pinot.apache.org/
Apache Pulsar | message-broker | apache | https://pulsar.apache.org/
Apache RocketMQ | message-broker | apache | https://rocketmq.apache.org/
Apache Thrift | protocol | apache | https://thrift.apache.org/
Apache ZooKeeper | service-tool | apache | https://zookeeper.apache.org/
ASP.NET Core | framework-library | microsoft | https://dotnet.microsoft.com/apps/aspnet
AWS App Runner | deployment | aws | https://aws.amazon.com/apprunner/
AWS Bedrock | service-tool | aws | https://aws.amazon.com/bedrock/
AWS CDK | deployment | aws | https://aws.amazon.com/cdk/
AWS Direct Connect | network | aws | https://aws.amazon.com/directconnect/
AWS EFS | data-storage | aws | https://aws.amazon.com/efs/
AWS EMR | service-tool | aws | https://aws.amazon.com/emr/
AWS ECR | deployment | aws | https://aws.amazon.com/ecr/
AWS SageMaker | service-tool | aws | https://aws.amazon.com/sagemaker/
AWS Transit Gateway | network | aws | https://aws.amazon.com/transit-gateway/
Azure AI Search | data-storage | azure | https://azure.microsoft.com/products/ai-services/ai-search/
Azure AKS | deployment | azure | https://azure.microsoft.com/products/kubernetes-service/
Azure API Management | gateway | azure | https://azure.microsoft.com/products/api-management/
Azure App Service | deployment | azure | https://azure.microsoft.com/products/app-service/
Azure Application Gateway | gateway | azure | https://azure.microsoft.com/products/application-gateway/
Azure Application Insights | service-tool | azure | https://azure.microsoft.com/products/monitor/
Azure Blob Storage | data-storage | azure | https://azure.microsoft.com/products/storage/blobs/
Azure Cache for Redis | data-storage | azure | https://azure.microsoft.com/products/cache/
Azure Container Apps | deployment | azure | https://azure.microsoft.com/products/container-apps/
Azure Container Registry | deployment | azure | https://azure.microsoft.com/products/container-registry/
Azure Data Lake | data-storage | azure | https://azure.microsoft.com/solutions/data-lake/
Azure DNS | network | azure | https://azure.microsoft.com/products/dns/
Azure Event Grid | message-broker | azure | https://azure.microsoft.com/products/event-grid/
Azure Event Hubs | message-broker | azure | https://azure.microsoft.com/products/event-hubs/
Azure Front Door | gateway | azure | https://azure.microsoft.com/products/frontdoor/
Azure Functions | runtime | azure | https://azure.microsoft.com/products/functions/
Azure Key Vault | service-tool | azure | https://azure.microsoft.com/products/key-vault/
Azure Load Balancer | network | azure | https://azure.microsoft.com/products/load-balancer/
Azure Logic Apps | service-tool | azure | https://azure.microsoft.com/products/logic-apps/
Azure Machine Learning | service-tool | azure | https://azure.microsoft.com/products/machine-learning/
Azure Monitor | service-tool | azure | https://azure.microsoft.com/products/monitor/
Azure OpenAI | service-tool | azure | https://azure.microsoft.com/products/ai-services/openai-service/
Azure Queue Storage | message-broker | azure | https://azure.microsoft.com/products/storage/queues/
Azure Service Bus | message-broker | azure | https://azure.microsoft.com/products/service-bus/
Azure SignalR Service | service-tool | azure | https://azure.microsoft.com/products/signalr-service/
Azure Synapse Analytics | data-storage | azure | https://azure.microsoft.com/products/synapse-analytics/
Azure Table Storage | data-storage | azure | https://azure.microsoft.com/products/storage/tables/
Azure Virtual Machines | deployment | azure | https://azure.microsoft.com/products/virtual-machines/
Azure Virtual Network | network | azure | https://azure.microsoft.com/products/virtual-network/
BullMQ | message-broker | | https://bullmq.io/
CloudEvents | protocol | | https://cloudevents.io/
CoAP | protocol | | https://coap.space/
CockroachDB | data-storage | | https://www.cockroachlabs.com/
CoreDNS | network | | https://coredns.io/
Datomic | data-storage | | https://www.datomic.com/
Delta Lake | data-storage | | https://delta.io/
DNS | protocol | |
EMQX | message-broker | | https://www.emqx.com/
FHIR | protocol | | https://hl7.org/fhir/
Firestore | data-storage | gcp | https://cloud.google.com/firestore
Fluentd | service-tool | | https://www.fluentd.org/
FTP | protocol | |
Google App Engine | deployment | gcp | https://cloud.google.com/appengine
Google Artifact Registry | deployment | gcp | https://cloud.google.com/artifact-registry
Google Cloud Armor | network | gcp | https://cloud.google.com/armor
Google Cloud Build | deployment | gcp | https://cloud.google.com/build
Google Cloud DNS | network | gcp | https://cloud.google.com/dns
Google Cloud Load Balancing | gateway | gcp | https://cloud.google.com/load-balancing
Google Cloud Logging | service-tool | gcp | https://cloud.google.com/logging
Google Cloud SQL | data-storage | gcp | https://cloud.google.com/sql
Google Cloud Tasks | message-broker | gcp | https://cloud.google.com/tasks
Google Cloud VPC | network | gcp | https://cloud.google.com/vpc
Google Compute Engine | deployment | gcp | https://cloud.google.com/compute
Google Kubernetes Engine | deployment | gcp | https://cloud.google.com/kubernetes-engine
Google Memorystore | data-storage | gcp | https://cloud.google.com/memorystore
Google Secret Manager | service-tool | gcp | https://cloud.google.com/secret-manager
Google Vertex AI | service-tool | gcp | https://cloud.google.com/vertex-ai
GraalVM | runtime | | https://www.graalvm.org/
Hazelcast | data-storage | | https://hazelcast.com/
HL7 | protocol | | https://www.hl7.org/
HTTP | protocol | |
HTTP/2 | protocol | |
HTTP/3 | protocol | |
HTTPS | protocol | |
IBM Db2 | data-storage | | https://www.ibm.com/db2
IBM MQ | message-broker | | https://www.ibm.com/products/mq
IMAP | protocol | |
JDBC | protocol | |
JMS | protocol | |
JSON-RPC | protocol | | https://www.jsonrpc.org/
Kerberos | protocol | | https://web.mit.edu/kerberos/
Keycloak | service-tool | | https://www.keycloak.org/
LDAP | protocol | |
Micronaut | framework-library | | https://micronaut.io/
Microsoft Dynamics 365 | service-tool | microsoft | https://www.microsoft.com/dynamics-365
Microsoft Entra ID | service-tool | microsoft | https://www.microsoft.com/security/business/identity-access/microsoft-entra-id
Microsoft IIS | runtime | microsoft | https://www.iis.net/
Microsoft SharePoint | service-tool | microsoft | https://www.microsoft.com/microsoft-365/sharepoint
Modbus | protocol | | https://www.modbus.org/
MuleSoft | service-tool | salesforce | https://www.mulesoft.com/
NetSuite | service-tool | | https://www.netsuite.com/
NFS | protocol | |
OData | protocol | | https://www.odata.org/
ODBC | protocol | |
OPC UA | protocol | | https://opcfoundation.org/
OpenID Connect | protocol | | https://openid.net/
Oracle Database | data-storage | | https://www.oracle.com/database/
POP3 | protocol | |
Power Automate | service-tool | microsoft | https://www.microsoft.com/power-platform/products/power-automate
Protocol Buffers | protocol | | https://protobuf.dev/
Pub/Sub | message-broker | |
Redpanda | message-broker | | https://www.redpanda.com/
REST | protocol | |
SAML | protocol | |
SAP HANA | data-storage | | https://www.sap.com/products/technology-platform/hana.html
SAP S/4HANA | service-tool | | https://www.sap.com/products/erp/s4hana.html
SCIM | protocol | | https://scim.cloud/
Server-sent events | protocol | |
ServiceNow | service-tool | | https://www.servicenow.com/
SFTP | protocol | |
SIP | protocol | |
SMB | protocol | |
SMTP | protocol | |
SNMP | protocol | |
SOAP | protocol | |
Solace | message-broker | | https://solace.com/
Spring Cloud | framework-library | | https://spring.io/projects/spring-cloud
SQL | language | |
TCP | protocol | |
TLS | protocol | |
Tyk | gateway | | https://tyk.io/
UDP | protocol | |
Uvicorn | runtime | | https://www.uvicorn.org/
Varnish | gateway | | https://varnish-cache.org/
WebDAV | protocol | |
Webhook | protocol | |
WebSphere MQ | message-broker | |
Workday | service-tool | | https://www.workday.com/
ABAP | language | |
Assembly | language | |
Confluent | message-broker | | https://www.confluent.io/
Dagster | service-tool | | https://dagster.io/
Docusign | service-tool | | https://www.docusign.com/
Ehcache | data-storage | | https://www.ehcache.org/
Fivetran | service-tool | | https://www.fivetran.com/
Greenplum | data-storage | | https://greenplum.org/
gRPC-Web | protocol | | https://grpc.io/
HDFS | data-storage | apache | https://hadoop.apache.org/
Informatica | service-tool | | https://www.informatica.com/
KrakenD | gateway | | https://www.krakend.io/
Kustomize | deployment | | https://kustomize.io/
MassTransit | framework-library | | https://masstransit.io/
Microsoft Power Apps | service-tool | microsoft | https://www.microsoft.com/power-platform/products/power-apps
Minikube | deployment | | https://minikube.sigs.k8s.io/
Nagios | service-tool | | https://www.nagios.org/
Netty | framework-library | | https://netty.io/
NSQ | message-broker | | https://nsq.io/
Objective-C | language | |
OpenResty | gateway | | https://openresty.org/
OutSystems | service-tool | | https://www.outsystems.com/
PL/SQL | language | |
QuestDB | data-storage | | https://questdb.io/
QUIC | protocol | |
Rego | language | | https://www.openpolicyagent.org/
Spring Batch | framework-library | | https://spring.io/projects/spring-batch
Squid | gateway | | https://www.squid-cache.org/
SwiftUI | framework-library | | https://developer.apple.com/swiftui/
Tarantool | data-storage | | https://www.tarantool.io/
Tornado | framework-library | | https://www.tornadoweb.org/
T-SQL | language | microsoft |
Velero | deployment | | https://velero.io/
VPN | network | |
WebLogic | runtime | | https://www.oracle.com/java/weblogic/
WebSphere | runtime | | https://www.ibm.com/products/websphere-application-server
WildFly | runtime | | https://www.wildfly.org/
WSO2 | gateway | | https://wso2.com/
ZeroMQ | message-broker | | https://zeromq.org/
Zipkin | service-tool | | https://zipkin.io/
"""

# The first labels of hosts that are a brand's offices and not its site.
OFFICES = set(
    [
        "about",
        "assets",
        "blog",
        "brand",
        "branding",
        "cdn",
        "community",
        "company",
        "corporate",
        "design",
        "dev",
        "developer",
        "developers",
        "docs",
        "help",
        "media",
        "newsroom",
        "press",
        "resources",
        "static",
        "style",
        "support",
        "wiki",
    ]
)
# Key -> the site, where the sets don't tell it.
WEBSITES: dict[str, str] = {
    key: f"https://{site}/"
    for key, site in (
        pair.split("=")
        for pair in [
            "aws=aws.amazon.com",
            "azure=azure.microsoft.com",
            "googlecloud=cloud.google.com",
            "kubernetes=kubernetes.io",
            "react=react.dev",
            "kafka=kafka.apache.org",
            "airflow=airflow.apache.org",
            "cassandra=cassandra.apache.org",
            "spark=spark.apache.org",
            "flink=flink.apache.org",
            "hadoop=hadoop.apache.org",
            "tomcat=tomcat.apache.org",
            "maven=maven.apache.org",
            "openai=openai.com",
            "anthropic=www.anthropic.com",
            "github=github.com",
            "gitlab=gitlab.com",
            "vue=vuejs.org",
            "angular=angular.dev",
            "svelte=svelte.dev",
            "java=www.java.com",
            "python=www.python.org",
            "php=www.php.net",
            "ruby=www.ruby-lang.org",
            "rust=www.rust-lang.org",
            "go=go.dev",
            "typescript=www.typescriptlang.org",
            "kotlin=kotlinlang.org",
            "swift=www.swift.org",
            "scala=www.scala-lang.org",
            "postgresql=www.postgresql.org",
            "mysql=www.mysql.com",
            "mariadb=mariadb.org",
            "mongodb=www.mongodb.com",
            "redis=redis.io",
            "sqlite=sqlite.org",
            "elasticsearch=www.elastic.co",
            "oracle=www.oracle.com",
            "sqlserver=www.microsoft.com/sql-server",
            "nginx=nginx.org",
            "envoy=www.envoyproxy.io",
            "traefik=traefik.io",
            "kong=konghq.com",
            "istio=istio.io",
            "helm=helm.sh",
            "terraform=www.terraform.io",
            "ansible=www.ansible.com",
            "jenkins=www.jenkins.io",
            "argo=argoproj.github.io",
            "grafana=grafana.com",
            "prometheus=prometheus.io",
            "opentelemetry=opentelemetry.io",
            "datadog=www.datadoghq.com",
            "spring=spring.io",
            "springboot=spring.io/projects/spring-boot",
            "dotnet=dotnet.microsoft.com",
            "django=www.djangoproject.com",
            "flask=flask.palletsprojects.com",
            "fastapi=fastapi.tiangolo.com",
            "rubyonrails=rubyonrails.org",
            "laravel=laravel.com",
            "graphql=graphql.org",
            "grpc=grpc.io",
            "openapi=www.openapis.org",
            "slack=slack.com",
            "salesforce=www.salesforce.com",
            "stripe=stripe.com",
            "twilio=www.twilio.com",
            "nextjs=nextjs.org",
            "jira=www.atlassian.com/software/jira",
            "nats=nats.io",
            "confluence=www.atlassian.com/software/confluence",
            "snowflake=www.snowflake.com",
            "databricks=www.databricks.com",
            "google=www.google.com",
            "microsoft=www.microsoft.com",
            "apple=www.apple.com",
            "meta=www.meta.com",
            "mqtt=mqtt.org",
        ]
    )
}

# Brands that nobody builds software with or connects it to: left out.
BRANDS = """
    42 4chan abarth aboutdotme abusedotch aeroflot aeromexico aeron aib airasia airbus aircanada airchina airfrance airindia
    airserbia airtransat albertheijn albumoftheyear aldinord aldisud alfaromeo allegro alltrails ameba americanairlines amg
    amul ana angellist animalplanet anta antena3 aral arduinoide archiveofourown arstechnica asda astonmartin auchan audi
    audible avianca battledotnet beats beatsbydre bentley betfair billboard bmw boeing bombardier bookmyshow bose bosch bower
    britishairways budweiser bugatti burgerking burton buzzfeed bvg cadillac carlsberggroup carrefour caterpillar cbc cbs
    chedraui chessdotcom chevrolet chinaeasternairlines chinasouthernairlines chinarailway chupachups citroen cnn coop cocacola
    copaairlines coppel cora cultura dacia daf dazn dcentertainment delta deutschebahn deutschewelle dior dota2 ducati
    dungeonsanddragons dunked easyjet edeka edotleclerc elavon emirates emlakjet eslgaming ethiopianairlines etihadairways
    f1 facepunch fampay fandango farfetch fawry ferrari ferrarinv fiat fifa fila fivem fnac ford fortnite foursquare fox foxtel
    foodpanda furaffinity furrynetwork g2a galaxus gamebanana gamejolt garmin genius geocaching giphy glovo gofundme
    grandfrais guangzhoumetro handm hbo hbomax hellofresh hellyhansen hepsiemlak heroicgameslauncher hiltonhotelsandresorts
    hilton honda hungryjacks husqvarna hyundai iberia iceland ifood iheartradio ikea iledefrancemobilites infiniti indiansuperleague
    ingress intermarche irobot itvx iveco jameson japanairlines jeep jet jetblue jinja2 johndeere jrgroup justeat
    karlsruherverkehrsverbund kaufland kfc kia klm koenigsegg kofi komoot ktm lada lamborghini lanciaauto leaderprice
    leagueoflegends lego lequipe leroymerlin leslibraires letterboxd lionair literal lotpolishairlines lufthansa lutris lydia macys
    magasinsu mahindra man manutd marriott maserati mazda mcdonalds mclaren mediamarkt mercedes metrodelaciudaddemexico
    metrodemadrid metrodeparis mewe mini mitsubishi mlb monster morrisons moscowmetro motorola mta mtr muller mural myanimelist
    myspace nationalrail nba nbb nbc nederlandsespoorwegen newbalance newjapanprowrestling newyorktimes nextbike nfl nhl nike nissan
    norwegian nubank niconico obb onlyfans opel oreo oshkosh panasonic payback pegasusairlines peloton petsathome peugeot
    piaggiogroup picardsurgeles pihole2 playstationportable polestar porsche premierleague prosieben pubg puma qantas
    qatarairways radiofrance ram redbull redcandlegames remedyentertainment renault republicofgamers retroarch riotgames ritzcarlton
    rockstargames rollsroyce rossmann rottentomatoes rte rtl rtlzwei ryanair s7airlines safari2 sahibinden samsclub
    sanfranciscomunicipalrailway saopaulometro sat1 saturn saudia scania seat sega shanghaimetro shenzhenmetro showtime silverairways
    singaporeairlines skoda sky smart smrt sncf soriana southwestairlines sparkasse spacex spigotmc spond srgssr ssrn
    starbucks startrek starz stadia steelseries stockx stubhub subaru supercell suzuki swiggy taketwointeractivesoftware tacobell
    tarom target tata tele5 telequebec tesco tesla thenorthface theirishtimes theguardian thewashingtonpost theweatherchannel
    thefinals thespritersresource themodelsresource thesoundsresource thurgauerkantonalbank ticketmaster tokyometro
    tomorrowland toyota transportforireland transportforlondon trailforks trivago turkishairlines tv4play tvtime ubisoft
    ufc undertale underarmour unilever uniqlo uniqloja unitedairlines untappd valorant vauxhall vauxhallmotors vedro venmo2 virgin
    virginatlantic virginmedia voelkner volkswagen volvo vox wellsfargo westernunion wizzair wwe x2 xbox yamahacorporation
    yamahamotorcorporation youtubekids youtubeshorts zazzle zalando2 zara zdf zomato aerlingus barclays bata bookingdotcom
    castorama carthrottle continente counterstrike daserste derspiegel dunzo fubo guitarpro habr hatenabookmark here2 imdb
    instacart kleinanzeigen klook lining leagueoflegends mubi nasa napster netto nintendo nintendo3ds nintendogamecube
    nintendoswitch nationalgrid paramountplus playstation playstation2 playstation3 playstation4 playstation5 psdk rarible
    roblox robloxstudio rumble shazam spreaker steamdeck tabelog tails2 taobao tinder tripadvisor tumblr vinted walkman wattpad
    webtoon wechat2 wish xiaohongshu yelp beijingsubway bem2 boulanger criticalrole cookies deliveroo delonghi dpd elegoo grab
    grubhub hotelsdotcom kodak leica legacygames lospec mangaupdates mihoyo majorleaguehacking medibangpaint meituan musicbrainz
    myob2 namuwiki newgrounds nexon nikon oneplus osu ravelry rememberthemilk roll20 rotaryinternational royaldutchshell shell
    skyscanner speedypage spine spotlight stagetimer startdotgg superuser thingiverse themighty tomtom trainerroad unicode2
    wacom2 wellfound wheniwork wikivoyage wikiquote wizardsofthecoast ziggo zelle zilch sanrio
"""
